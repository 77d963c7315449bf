// The HTML is that of templates, where every text is escaped. Drawing it again only when it
// is another keeps open what was opened.
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".figures");
  if (place.qaDrawn !== data) {
    place.qaDrawn = data;
    place.innerHTML = data;
  }
}
