"""The web application: `qa serve`, or `streamlit run app.py`."""

import streamlit as st

from qa.ui import ask_page, documents_page, frame

words = frame.strings()
frame.dress(words)
pages = [
    st.Page(
        ask_page.show,
        title=words.ask_page,
        icon=":material/forum:",
        url_path="questions",
        default=True,
    ),
    st.Page(
        documents_page.show,
        title=words.documents_page,
        icon=":material/library_books:",
        url_path="documents",
    ),
]
st.navigation(pages, position="top").run()
