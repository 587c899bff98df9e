"""What is shown as a commitment, and what only sounds like one."""

from __future__ import annotations

import pytest

from tests.unit.intake.test_wording import told


@pytest.mark.parametrize(
    "sentence",
    [
        '"We came because Chad told us to, and we left," the minister of Kenya said.',
        "Demand for maize in Chad rose by a tenth.",
        "Kenya's minister said the treaty would deepen trust.",
        '"We shall remember this day," the president of Chad said.',
        "The president of Kenya wanted to thank Chad.",
        "Chad denied that it had pledged to pay.",
        "Kenya dismissed reports that Chad would shut the port.",
        "Kenya's pledge of 2019 was never kept.",
        "Chad's fishermen will suffer most, the minister said.",
        "Kenya's parliament will vote on the treaty in May.",
        "Kenya hopes the canal will help its farmers.",
        "Chad fears the weir will cut the flow by a third.",
    ],
)
def test_what_nobody_undertakes_is_no_commitment(sentence: str) -> None:
    assert "commitment" not in told("en", sentence)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Under it, 40 captives are to be released before Easter.", "planned"),
        ("Under its terms, Chad must scrap its mines within a year.", "pledged"),
        ("Kenya's promise to pay 40 million shillings stands.", "pledged"),
        ('"We shall pay every shilling," the minister of Kenya said.', "pledged"),
        ("Kenya said the navy will release the crew.", "pledged"),
        ("Kenya said its navy will withdraw in May.", "pledged"),
        ("Chad demanded the release of the crew.", "sought"),
    ],
)
def test_what_somebody_undertakes_is_one(sentence: str, modality: str) -> None:
    assert told("en", sentence)["commitment"].modality == modality
