"""Vendor files as ERP systems export them, with listed parties and near-misses planted by seed."""
