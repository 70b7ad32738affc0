import sqlalchemy as sa

from processes.common.outbox import MESSAGES, MessageStatus
from tests.api.site import Site, await_delivery
from tests.builders.office import ADMINISTRATOR, CLERK


def test_a_message_that_could_not_be_sent_is_sent_again_by_a_watcher_alone(site: Site) -> None:
    site.file()
    # A thread that is still sending would note that it sent what the next line gives up.
    await_delivery(site.office)
    with site.office.write() as connection:
        connection.execute(sa.update(MESSAGES).values(status=MessageStatus.GIVEN_UP.value))
    headers = site.bearer(ADMINISTRATOR)
    (message,) = site.client.get("/api/messages", headers=headers).json()["items"]
    address = f"/api/messages/{message['id']}/send-again"

    assert site.client.post(address).status_code == 401
    assert site.client.post(address, headers=site.bearer(CLERK)).status_code == 403
    assert site.client.post(address, headers=headers).status_code == 204
    assert site.client.post(address, headers=headers).status_code == 409
    assert site.client.post("/api/messages/999/send-again", headers=headers).status_code == 404
