"""What several terminals say and draw about items and cases: plain functions from values of the contexts to words and
to the pictures of `tongban.ui`. They ask no database but the short-lived lists that every process keeps (agencies).

`words` names states, acts and limits · `history` tells what happened · `route` turns an item's route into a plan and
a case into its way · `clocks` puts both clocks into words, bars and days.
"""
