"""Counts by itself what is wasted in a saved image: prints the bytes of all layers and the wasted ones."""
import json
import posixpath
import sys
import tarfile

archive = tarfile.open(sys.argv[1])
manifest = json.load(archive.extractfile("manifest.json"))[0]
alive = {}
added = wasted = 0


def end(path):
    global wasted
    node = alive.pop(path)
    node["names"] -= 1
    if node["names"] == 0:
        wasted += node["bytes"]


def end_below(folder):
    prefix = folder + "/" if folder else ""
    for path in [one for one in alive if one.startswith(prefix)]:
        end(path)


for name in manifest["Layers"]:
    member = archive.getmember(name)
    if member.issym():
        member = archive.getmember(posixpath.normpath(posixpath.join(posixpath.dirname(name), member.linkname)))
    entries = tarfile.open(fileobj=archive.extractfile(member)).getmembers()
    for entry in entries:
        folder, base = posixpath.split(posixpath.normpath(entry.name))
        if base == ".wh..wh..opq":
            end_below(folder)
        elif base.startswith(".wh."):
            path = posixpath.join(folder, base[len(".wh."):])
            if path in alive:
                end(path)
            end_below(path)
    for entry in entries:
        path = posixpath.normpath(entry.name).lstrip("/")
        if posixpath.basename(path).startswith(".wh."):
            continue
        if entry.isdir():
            if path in alive:
                end(path)
            continue
        node = {"bytes": entry.size if entry.isreg() else 0, "names": 0}
        added += node["bytes"]
        if entry.islnk():
            node = alive.get(posixpath.normpath(entry.linkname).lstrip("/"), node)
        node["names"] += 1
        if path in alive:
            end(path)
        end_below(path)
        alive[path] = node

print(added, wasted)
