"""Prints what a calculation comes to: python app.py 2 + 3"""
import sys

from calculator import calculate

if __name__ == "__main__":
    print(calculate(" ".join(sys.argv[1:])))
