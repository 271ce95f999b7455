"""The connection of the models."""

import os
import uuid

RUN = uuid.uuid4().hex[:8]


class Meta:
    """The settings that all models share."""

    host = os.environ["DJAMODB_SERVER_URL"]
    region = "eu-west-1"
    aws_access_key_id = "djamodb"
    aws_secret_access_key = "djamodb"
    billing_mode = "PAY_PER_REQUEST"
