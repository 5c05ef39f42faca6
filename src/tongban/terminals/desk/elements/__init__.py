"""The elements of an item as an editor meets them: what each is called, how it is asked, and how it is said back.

Everything here is made from the dataclasses of `catalogue/core/items.py`: an element added there needs one line in
`labels_item` or `labels_parts`, and a test names it until it has one.
"""
