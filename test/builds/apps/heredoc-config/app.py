# Prints what the image was built with.
from configparser import ConfigParser
from pathlib import Path

config = ConfigParser()
config.read("/etc/greeter.ini")
print(config["greeter"]["name"], Path("/app/data/note.txt").read_text(), end="")
