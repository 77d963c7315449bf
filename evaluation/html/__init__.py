"""Reports as self-contained pages: figures are inline SVG, nothing is fetched."""
