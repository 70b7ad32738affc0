"""Reports: figures that anybody can trace to their cases, each made once for its period."""
