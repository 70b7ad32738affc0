"""Speed and memory, each figure beside a bar; `make bench` runs them."""
