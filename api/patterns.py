"""The patterns of what a request says, each with the words for whoever wrote the request.

A schema names a pattern; a refusal says its words.
"""

CURRENCY = r"^[A-Z]{3}\Z"
ENCODING = r"^[A-Za-z0-9_-]{2,20}\Z"
NO_NUL = r"^[^\x00]*\Z"  # PostgreSQL takes none
PLAIN = r"^[^\x00-\x1f\x7f]*\Z"
SHA256 = r"^[0-9a-f]{64}\Z"
SLUG = r"^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?\Z"

WORDS = {
    CURRENCY: "a currency of three capital letters, such as EUR",
    ENCODING: "the name of an encoding, such as utf-8",
    NO_NUL: "text without NUL characters",
    PLAIN: "text without control characters",
    SHA256: "the uploadId of an analysis: 64 digits of a-f and 0-9",
    SLUG: "a short name of a-z, 0-9 and '-'",
}
