"""Every page of every face with real words in it, in every look: to be judged, and to be looked at."""
