"""The eight emotions and their order, which is the same everywhere in Attune.

This module must never learn a second order: weights, records and charts all rely on this one.
"""

EMOTIONS = ("neutral", "happy", "sad", "surprise", "fear", "disgust", "anger", "contempt")
COUNT = len(EMOTIONS)
