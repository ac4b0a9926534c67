"""Counts: of vehicles, visits, guests, machines, and of parts of what was counted before."""

import re
from dataclasses import replace

from extractors.prose.clauses import segments, zone
from extractors.prose.figures import Figure
from extractors.prose.naming import Subject
from extractors.prose.sentence import Read, Sentence

ALSO_COUNTED = frozenset({"", "累计", "共", "共计"})
"""Said before a count, these leave it with what was counted just before: 2批次、26人次."""
_PLANNED = "安排购置"


def count_of(sentence: Sentence, figure: Figure, context: str) -> Read | None:
    """What a count says; None where nothing that is counted is named."""
    if zone(sentence.text[: figure.start])[0] == "cause":
        return None
    if "；" in context:
        sentence.topic.group = None
    *_, phrase = segments(context, "，；：。、")
    found = sentence.naming.counted_subject(phrase, figure.unit, sentence.text[figure.end :])
    again = sentence.naming.says_one_of(phrase, ALSO_COUNTED) and sentence.beside_count()
    if found is not None and figure.unit != sentence.topic.group_unit:
        sentence.topic.group = None
    counted = _in_group(sentence, _planned(sentence, found.subject, figure)) if found else None
    subject = counted or (sentence.topic.counted if again else None)
    if subject is None:
        return None
    sentence.topic.counted = subject
    if found is not None:
        sentence.topic.costs = Subject(found.costs) if found.costs else None
    if found is not None and found.heads:
        sentence.topic.group, sentence.topic.group_unit = found.subject, figure.unit
    return sentence.statement(subject, "count", figure.value, figure)


def _planned(sentence: Sentence, subject: Subject, figure: Figure) -> Subject:
    """Name machines as bought where the sentence tells of purchases planned: 计划购置车辆0辆；单价…设备0台."""
    planned = subject.as_said and re.search(r"(?:安排|计划|拟)购置", sentence.text[: figure.start])
    return replace(subject, name=_PLANNED + subject.name.removeprefix(_PLANNED)) if planned else subject


def _in_group(sentence: Sentence, subject: Subject) -> Subject:
    group = sentence.topic.group
    return Subject(f"{group.name}/{subject.name}", as_said=subject.as_said) if group else subject
