"""Where the vocabulary's TOML files lie: beside this module, in the installed package too."""

from importlib.resources import files


def file_bytes(file_name: str) -> bytes:
    """The file as it stands; each reader decodes it into its own typed record, which refuses unknown keys."""
    return files(__package__).joinpath(file_name).read_bytes()
