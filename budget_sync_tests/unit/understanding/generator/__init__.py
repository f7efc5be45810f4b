"""Known budget lines become a messy file. In: ``Plan``. Out: ``MessyFile`` (``messy_file``) with the lines it holds."""
