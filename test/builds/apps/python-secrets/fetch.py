# Stands for a download that needs a token.
import argparse
import json

from tabulate import tabulate

parser = argparse.ArgumentParser()
parser.add_argument("--token", required=True)
token = parser.parse_args().token
with open("data.json", "w") as file:
    json.dump({"length": len(token), "table": tabulate([[1]])}, file)
