"""Why a request cannot be kept, and the nearest one that can."""
