"""Commits a file to a new repository and prints how many commits there are."""
import pathlib
import tempfile

import git

folder = pathlib.Path(tempfile.mkdtemp())
repository = git.Repo.init(folder)
(folder / "a.txt").write_text("a")
repository.index.add(["a.txt"])
author = git.Actor("a", "a@example.com")
repository.index.commit("first", author=author, committer=author)
print(repository.git.rev_list("--count", "HEAD"))
