"""``source add s3``: a bucket of Amazon's or of a compatible store."""

from typing import Any

import click

from budget_sync.cli.installation import open_database
from budget_sync.cli.source_add import NewSource, add, ask_secret, source_options
from budget_sync.domain.errors import ConfigurationError


@add.command("s3", short_help="Add an S3 bucket, Amazon's or a compatible one.")
@click.option("--bucket", required=True)
@click.option("--prefix", default="", metavar="P", help="What the keys begin with, such as 'out/budgets/'.")
@click.option("--region", default="us-east-1", show_default=True)
@click.option("--pattern", "patterns", multiple=True, metavar="P", help="Such as '*.csv'; several times for several.")
@click.option("--recursive", is_flag=True, help="Keys with further slashes behind the prefix as well.")
@click.option("--access-key-id", metavar="ID", help="Its secret is asked for, or read from standard input.")
@click.option("--environment", is_flag=True, help="Use the identity of the machine, where the installation lends it.")
@click.option("--role", "role_arn", metavar="ARN", help="A role to assume first.")
@click.option("--external-id", metavar="ID", help="What the owner of the role wants to be told.")
@click.option("--endpoint", metavar="URL", help="Of a compatible store; Amazon if not given.")
@source_options
def add_s3(
    source: NewSource, access_key_id: str | None, patterns: tuple[str, ...], *, environment: bool, **place: Any
) -> None:
    """Add an S3 bucket whose objects are fetched for a customer, and print the id of the source."""
    from budget_sync.sources.s3_configuration import Identity, S3Configuration, S3Secrets

    if environment == bool(access_key_id):
        raise click.UsageError("Say --access-key-id, or --environment for the machine's own identity.")
    connection = S3Configuration(
        identity=Identity.ENVIRONMENT if environment else Identity.KEY, patterns=patterns or ("*",), **place
    )
    secrets = S3Secrets()
    if access_key_id:
        secret = ask_secret("Secret of the access key")
        if not secret:
            raise ConfigurationError("The secret of the access key is needed, on standard input.")
        secrets = S3Secrets(access_key_id=access_key_id, secret_access_key=secret)
    with open_database() as database:
        source.store(database, connection, secrets)
