"""What headings of figures name beside periods, flows and units: places, fiscal years by one of their two."""
