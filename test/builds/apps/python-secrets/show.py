# Prints the data.
import json

with open("data.json") as file:
    print(json.load(file)["length"])
