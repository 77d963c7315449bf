"""What both views and the form share: a file to add, and the names of runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from evaluation.ui.evaluation_strings import EvaluationStrings
from evaluation.ui.lab import KeptRun, Lab
from qa.ui import html
from qa.ui.strings import Strings

_MOST_PROBLEMS: Final = 200
_MOST_MEGABYTES: Final = 50


def upload(
    lab: Lab,
    key: str,
    suffixes: Sequence[str],
    texts: tuple[str, str],
    take: Callable[[str, bytes], object],
    words: EvaluationStrings,
) -> None:
    """A place to add a file, and what is wrong with it; `texts` are its label and its help."""
    label, help_text = texts
    file = st.file_uploader(
        label,
        [suffix.removeprefix(".") for suffix in suffixes],
        key=key,
        help=help_text,
        max_upload_size=_MOST_MEGABYTES,
    )
    if file is None:
        return
    with st.spinner(words.reading):
        problems = lab.receive(file.file_id, lambda: take(file.name, file.getvalue()))
    if problems:
        show_problems(words.problems.format(name=file.name), problems, words)


def show_problems(heading: str, problems: Sequence[str], words: EvaluationStrings) -> None:
    """List what is wrong."""
    shown = list(problems[:_MOST_PROBLEMS])
    if hidden := len(problems) - len(shown):
        shown.append(words.more.format(count=hidden))
    listed = html.element("ul", "".join(html.text("li", problem) for problem in shown))
    content = html.text("p", heading) + listed
    st.html(html.element("div", content, class_="qa-problem qa-problems", role="alert"))


def run_names(
    runs: Mapping[int, KeptRun], common: Strings, words: EvaluationStrings
) -> dict[int, str]:
    """What runs are called: their number, question set and, where it is known, caution."""
    return {number: _run_name(run, common, words) for number, run in runs.items()}


def _run_name(run: KeptRun, common: Strings, words: EvaluationStrings) -> str:
    caution = run.saved.settings.get("caution")
    if not caution:
        return words.run_without_caution.format(number=run.number, name=run.saved.name)
    cautions: Mapping[str, str] = {str(name): shown for name, shown in common.cautions.items()}
    shown = cautions.get(str(caution), str(caution)).lower()
    return words.run_name.format(number=run.number, name=run.saved.name, caution=shown)


def choose_run(
    label: str, names: Mapping[int, str], key: str, *, usual: int, help_text: str | None = None
) -> int:
    """A list of runs; one that is not there any more gives way to the usual one."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = usual
    return st.selectbox(label, list(names), format_func=names.__getitem__, key=key, help=help_text)


def remove_button(lab: Lab, number: int, key: str, words: EvaluationStrings) -> None:
    """A button that forgets a run of the session."""
    st.button(
        words.remove_run.format(number=number),
        type="tertiary",
        icon=":material/delete:",
        key=key,
        on_click=lab.remove,
        args=(number,),
    )
