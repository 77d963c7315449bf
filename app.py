"""The web application: `qa serve`, or `streamlit run app.py`."""

import streamlit as st

from evaluation.ui import evaluation_page
from qa.ui import (
    about_page,
    address,
    ask_page,
    coverage_page,
    documents_page,
    frame,
    roles,
    server,
    sign_in_page,
    study_page,
)

if __name__ == "app":
    # The server imports this file by its name, and runs it as a script for each visitor.
    app = st.App(__file__, middleware=server.middleware())
else:
    address.follow()
    tr = frame.interface()
    frame.dress(tr)
    pages = [
        st.Page(
            ask_page.show,
            title=tr("Questions"),
            icon=":material/forum:",
            url_path="questions",
            default=True,
        ),
        st.Page(
            documents_page.show,
            title=tr("Documents"),
            icon=":material/library_books:",
            url_path="documents",
        ),
        st.Page(
            study_page.show,
            title=tr("Study"),
            icon=":material/school:",
            url_path="study",
        ),
    ]
    # A page that is not listed has no address either.
    if roles.at_least("instructor"):
        coverage = st.Page(
            coverage_page.show,
            title=tr("Coverage"),
            icon=":material/grid_on:",
            url_path="coverage",
        )
        pages.append(coverage)
    if roles.at_least("evaluator"):
        evaluation = st.Page(
            evaluation_page.show,
            title=tr("Evaluation"),
            icon=":material/speed:",
            url_path="evaluation",
        )
        pages.append(evaluation)
    about = st.Page(
        about_page.show,
        title=tr("About"),
        icon=":material/info:",
        url_path="about",
    )
    pages.append(about)
    if roles.means():
        sign_in = st.Page(
            sign_in_page.show,
            title=tr("Sign out") if roles.is_signed_in() else tr("Sign in"),
            icon=":material/account_circle:",
            url_path="sign-in",
        )
        pages.append(sign_in)
    st.navigation(pages, position="top").run()
    address.write(frame.interface().language)
