import sys

from tongban.site.cli.main import main

sys.exit(main())
