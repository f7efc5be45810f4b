"""The kinds of sources: one entry each, from which its asset, its sensor and its check on freshness are made."""

from dataclasses import dataclass
from typing import Final

from dagster import AssetKey, AssetSpec

from budget_sync.sources.kinds import S3, SFTP, SHEETS

OWNERS: Final = ["team:finance-data"]


@dataclass(frozen=True, slots=True)
class SourceKind:
    """``source_type`` as the table of sources has it; ``label`` is what Dagster draws on the asset."""

    source_type: str
    label: str
    description: str

    @property
    def asset(self) -> AssetKey:
        """Where the way of this kind's files begins in the lineage."""
        return AssetKey(f"{self.source_type}_sources")

    @property
    def sensor_name(self) -> str:
        """Of the sensor that looks at the sources of this kind."""
        return f"{self.source_type}_sources"

    @property
    def spec(self) -> AssetSpec:
        """As Dagster shows it: nothing of ours makes it, what was seen there is observed."""
        return AssetSpec(
            self.asset, description=self.description, group_name="sources", kinds={self.label}, owners=OWNERS
        )


SOURCE_KINDS: Final = (
    SourceKind(SFTP, "sftp", "The partners' SFTP servers, as they were last seen: new files, and who does not answer."),
    SourceKind(S3, "s3", "The partners' buckets, as they were last seen: new objects, and which are not to be read."),
    SourceKind(SHEETS, "googlesheets", "The shared spreadsheets, as they were last seen: changes, and lost access."),
)
