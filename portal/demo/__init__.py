"""The demo municipality: what is public of Hoogstraten, the rest drawn or invented here and marked so."""
