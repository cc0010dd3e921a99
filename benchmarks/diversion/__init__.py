"""What `bench_diversion.py` runs in processes of its own."""
