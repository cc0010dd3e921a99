"""What a workbook tells beside its values: kinds of workbooks, merged cells, percentages, which sheet is read."""
