"""What `scripts/bench.py` measures: each module compares one thing people wait for with the least it could cost."""
