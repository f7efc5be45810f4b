"""What customers and operators are told: an outbox, and who carries it to webhooks, Slack and mail.

In: ``outbox`` writes an event in the transaction of what it tells, one row a receiver, nothing where nobody listens.
Out: ``deliver`` takes what is due and sends it. ``endpoints`` keeps who listens; ``alerts`` finds what operators should
know. The room stands below those that tell: it imports the database and the domain, no other room.
"""
