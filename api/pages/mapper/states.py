"""The colour of each state of an import: what needs a person stands out, what went well is calm green."""

from budget_sync.domain.fields import ImportState

TONES = {
    ImportState.PROCESSING: "accent",
    ImportState.COMPLETED: "good",
    ImportState.COMPLETED_WITH_ERRORS: "warn",
    ImportState.UNCHANGED: "calm",
    ImportState.NEEDS_REVIEW: "warn",
    ImportState.DECLINED: "calm",
    ImportState.REJECTED: "bad",
    ImportState.FAILED: "bad",
    ImportState.UNDONE: "calm",
}
