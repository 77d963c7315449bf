"""The page where instructors and evaluators sign in and out."""

from __future__ import annotations

import streamlit as st

from qa.errors import QAError
from qa.locale.names import ROLES
from qa.ui import frame, roles

_TYPED = "sign-in-typed"
_PROBLEM = "sign-in-problem"


def show() -> None:
    """Draw the page."""
    tr = frame.interface()
    frame.dress_page(tr, tr("Sign in"))
    with st.container(key="sign-in", width=420):
        if roles.is_signed_in():
            frame.line(tr("You are signed in: {role}.", role=tr(ROLES[roles.role()])), "title")
            st.button(tr("Sign out"), icon=":material/logout:", on_click=roles.sign_out)
        elif roles.means() == "provider":
            st.button(tr("Sign in"), icon=":material/login:", type="primary", on_click=st.login)
        else:
            frame.line(tr("For instructors: coverage, the log of questions, uploads, evaluation."))
            with st.form("sign-in-form", border=False):
                st.text_input(tr("Password"), type="password", key=_TYPED)
                st.form_submit_button(tr("Sign in"), type="primary", on_click=_try)
        problem = st.session_state.pop(_PROBLEM, None)
        if isinstance(problem, QAError):
            frame.show_problem(problem.said(tr))


def _try() -> None:
    try:
        roles.sign_in(st.session_state.pop(_TYPED, ""))
    except QAError as error:
        st.session_state[_PROBLEM] = error
