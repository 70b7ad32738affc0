"""`python -m tests.support.clock_that_looks`: the web process, as it is, with a clock that caches nothing.

A real one looks at the stored clock every two seconds; a test that moves it would wait that long at
every move.
"""

from api.web_process import main
from processes.common import office_clock

office_clock._REREAD_SECONDS = -1.0

if __name__ == "__main__":
    main()
