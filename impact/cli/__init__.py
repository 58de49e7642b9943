"""The commands of the workbench."""

from impact.cli.nederlands import spreek_nederlands

spreek_nederlands()  # before the commands are made: click takes some of its words at that moment
