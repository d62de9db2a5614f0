"""The AWS emulator, made to lose nothing it has acknowledged.

It runs in a virtual environment of its own, since the emulator pins botocore: it imports nothing else of the
project.
"""
