"""A small application that uses all that the local stack offers: routes, a queue, a stream, a clock, mail, a text."""

import json
import os
import smtplib
import threading
import urllib.request
from email.message import EmailMessage

import boto3
from chalice import Blueprint, Chalice, Rate, Response

app = Chalice(app_name="sample")
routes = Blueprint(__name__)
TABLE = os.environ["NOTES_TABLE"]
together = threading.Barrier(2, timeout=5)


@routes.route("/api/health")
def health():
    return {"status": "ok", "pid": os.getpid()}


@routes.route("/api/echo", methods=["POST"], content_types=["application/json", "application/octet-stream"])
def echo():
    return {"length": len(routes.current_request.raw_body)}


@routes.route("/api/together/{name}")
def both(name):
    together.wait()  # two requests are surely inside at once
    return {"path": routes.current_request.uri_params["name"]}


@routes.route("/api/broken")
def broken():
    raise ValueError("a name that must not be printed")


@routes.route("/api/elsewhere")
def elsewhere():
    return Response(None, status_code=303, headers={"Location": "/guide/", "Set-Cookie": ["a=1", "b=2"]})


@routes.route("/api/notes/{key}", methods=["PUT"])
def note(key):
    boto3.client("dynamodb").put_item(TableName=TABLE, Item={"pk": {"S": key}, "state": {"S": "new"}})
    boto3.client("sqs").send_message(QueueUrl=os.environ["NOTES_QUEUE_URL"], MessageBody=key)
    return {"key": key}


@routes.route("/api/notes/{key}", methods=["GET"])
def noted(key):
    item = boto3.client("dynamodb").get_item(TableName=TABLE, Key={"pk": {"S": key}}, ConsistentRead=True)
    return {name: next(iter(value.values())) for name, value in item.get("Item", {}).items()}


app.register_blueprint(routes)


def mark(key, name):
    boto3.client("dynamodb").update_item(
        TableName=TABLE,
        Key={"pk": {"S": key}},
        UpdateExpression="ADD #name :one",
        ExpressionAttributeNames={"#name": name},
        ExpressionAttributeValues={":one": {"N": "1"}},
    )


@app.on_sqs_message(queue_arn="arn:aws:sqs:us-east-1:000000000000:Notes", batch_size=10)
def take(event):
    failed = []
    for record in event:
        if record.body in ("refused", "exploding"):
            mark(record.body, "tries")
            if record.body == "exploding":
                raise ValueError("a name that must not be printed")
            failed.append({"itemIdentifier": record.to_dict()["messageId"]})
        else:
            tell(record.body)
            mark(record.body, "taken")
    return {"batchItemFailures": failed}


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(event):
    mark("sweep", "times")


def tell(key):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = os.environ["MAIL_FROM"], "police@jining.example", f"办件 {key}"
    mail["Message-ID"] = f"<{key}@local.example>"
    mail.set_content(f"请登录查看 {os.environ['PUBLIC_ORIGIN']}/staff/ <b>{key}</b>")
    with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ["SMTP_PORT"])) as server:
        server.send_message(mail)
    text = {"to": "13800000000", "template": "opened", "variables": {"key": key}, "text": f"已收到 {key}"}
    request = urllib.request.Request(
        os.environ["TEXT_URL"], json.dumps(text).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request).close()
