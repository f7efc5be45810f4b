"""The pages in Debian's Chromium, as people use them: with scripts and without."""
