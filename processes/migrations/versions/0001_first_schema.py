"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_anchor",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_anchor")),
    )
    op.create_table(
        "audit_event",
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_audit_event_seq")),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_audit_event")),
    )
    op.create_table(
        "bundle",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("process_id", sa.String(80), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_bundle")),
    )
    op.create_table(
        "department",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_department")),
    )
    op.create_table(
        "entity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("tax_id", sa.String(20), nullable=False),
        sa.Column("city", sa.String(120), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("emergency_phone", sa.String(60), nullable=False),
        sa.Column("invoice_email", sa.String(320), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_entity_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
    )
    op.create_table(
        "topic",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("department", sa.String(20), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name=op.f("fk_topic_department")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_topic")),
    )
    op.create_table(
        "territory",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_territory")),
    )
    op.create_table(
        "holiday_list",
        sa.Column("print", sa.String(64), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("print", name=op.f("pk_holiday_list")),
    )
    op.create_table(
        "calendar_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("holidays", sa.String(64), nullable=False),
        sa.Column("law", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_calendar_version_number")),
        sa.ForeignKeyConstraint(
            ["holidays"], ["holiday_list.print"], name=op.f("fk_calendar_version_holidays")
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["calendar_version.number"], name=op.f("fk_calendar_version_undoes")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_calendar_version")),
    )
    op.create_table(
        "calendar_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.Column("holidays", sa.String(64), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_calendar_draft_one_row")),
        sa.ForeignKeyConstraint(["base"], ["calendar_version.number"], name=op.f("fk_calendar_draft_base")),
        sa.ForeignKeyConstraint(
            ["holidays"], ["holiday_list.print"], name=op.f("fk_calendar_draft_holidays")
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["calendar_version.number"], name=op.f("fk_calendar_draft_undoes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_draft")),
    )
    op.create_table(
        "filing_counter",
        sa.Column("series", sa.String(10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "series IN ('incoming', 'outgoing', 'internal')", name=op.f("ck_filing_counter_series")
        ),
        sa.CheckConstraint("last >= 1", name=op.f("ck_filing_counter_last")),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_filing_counter")),
    )
    op.create_table(
        "office_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_anchor", sa.DateTime(timezone=True), nullable=False),
        sa.Column("real_anchor", sa.DateTime(timezone=True), nullable=False),
        sa.Column("speed", sa.Float(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_clock_one_row")),
        sa.CheckConstraint("speed >= 1 AND speed <= 1000000", name=op.f("ck_office_clock_speed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_clock")),
    )
    op.create_table(
        "office_journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_office_journal_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_journal")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(8), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("template", sa.String(60), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("person", sa.String(60), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proof", sa.String(300), nullable=False),
        sa.CheckConstraint(
            "channel IN ('email', 'short', 'in_app', 'paper')", name=op.f("ck_outbox_message_channel")
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'at_desk', 'sent', 'given_up')", name=op.f("ck_outbox_message_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_message_key")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_message_due",
            ["next_attempt_at"],
            unique=False,
            sqlite_where=sa.text("status = 'pending'"),
            postgresql_where=sa.text("status = 'pending'"),
        )
        batch_op.create_index(batch_op.f("ix_outbox_message_stream"), ["stream"], unique=False)
        batch_op.create_index(
            "ix_outbox_message_at_desk",
            ["id"],
            unique=False,
            sqlite_where=sa.text("status = 'at_desk'"),
            postgresql_where=sa.text("status = 'at_desk'"),
        )
        batch_op.create_index(
            "ix_outbox_message_unread",
            ["person", "read_at"],
            unique=False,
            sqlite_where=sa.text("person IS NOT NULL AND read_at IS NULL"),
            postgresql_where=sa.text("person IS NOT NULL AND read_at IS NULL"),
        )
        batch_op.create_index(
            "ix_outbox_message_person",
            ["person", "id"],
            unique=False,
            sqlite_where=sa.text("person IS NOT NULL"),
            postgresql_where=sa.text("person IS NOT NULL"),
        )

    op.create_table(
        "sign_in_attempt",
        sa.Column("username", sa.String(60), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_sign_in_attempt")),
    )
    op.create_table(
        "sweep_run",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sweep_run")),
    )
    op.create_table(
        "audit_anchor_head",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["audit_anchor.number"], name=op.f("fk_audit_anchor_head_number")
        ),
        sa.PrimaryKeyConstraint("number", "stream", name=op.f("pk_audit_anchor_head")),
    )
    op.create_table(
        "bundle_file",
        sa.Column("bundle", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["bundle"], ["bundle.hash"], name=op.f("fk_bundle_file_bundle")),
        sa.PrimaryKeyConstraint("bundle", "name", name=op.f("pk_bundle_file")),
    )
    op.create_table(
        "current_bundle",
        sa.Column("process_id", sa.String(80), nullable=False),
        sa.Column("bundle", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["bundle"], ["bundle.hash"], name=op.f("fk_current_bundle_bundle")),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_current_bundle")),
    )
    op.create_table(
        "outbox_sealed_recipient",
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["outbox_message.key"], name=op.f("fk_outbox_sealed_recipient_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outbox_sealed_recipient")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("period", sa.String(12), nullable=False),
        sa.Column("period_label", sa.String(80), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("figures", sa.String(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(120), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.CheckConstraint("status IN ('for_review', 'sent')", name=op.f("ck_report_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("name", "period", name=op.f("uq_report_name_period")),
    )
    op.create_table(
        "report_case",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(200), nullable=False),
        sa.Column("filing_number", sa.String(20), nullable=False),
        sa.Column("amount", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_case_report_id")),
        sa.PrimaryKeyConstraint("report_id", "figure", "seq", name=op.f("pk_report_case")),
    )
    op.create_table(
        "office_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("period", sa.String(12), nullable=False),
        sa.Column("period_label", sa.String(80), nullable=False),
        sa.Column("department", sa.String(20), nullable=False),
        sa.Column("petitions", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("commitments", sa.String(), nullable=False),
        sa.Column("act_number", sa.String(60), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(120), nullable=False),
        sa.CheckConstraint("kind IN ('visit', 'retention')", name=op.f("ck_office_task_kind")),
        sa.CheckConstraint("(done_at IS NULL) = (done_by = '')", name=op.f("ck_office_task_done")),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name=op.f("fk_office_task_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_task")),
        sa.UniqueConstraint(
            "kind", "period", "department", name=op.f("uq_office_task_kind_period_department")
        ),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(60), nullable=False),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("position", sa.String(120), nullable=False),
        sa.Column("department", sa.String(20), nullable=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("mail_off", sa.String(60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name=op.f("fk_person_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_department"), ["department"], unique=False)

    op.create_table(
        "petition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filing_number", sa.String(20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tracking_code", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("nature", sa.String(20), nullable=False),
        sa.Column("petitioner_type", sa.String(20), nullable=False),
        sa.Column("reply_by", sa.String(12), nullable=False),
        sa.Column("verbal", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("special_care", sa.Boolean(), nullable=False),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("territory", sa.String(40), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("reserved_identity", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("term_state", sa.String(10), nullable=False),
        sa.Column("legal_seq", sa.Integer(), nullable=False),
        sa.Column("matter_count", sa.Integer(), nullable=False),
        sa.Column("fixed_amount", sa.Integer(), nullable=True),
        sa.Column("fixed_unit", sa.String(15), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("department", sa.String(20), nullable=True),
        sa.Column("distribution_note", sa.String(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_text", sa.String(), nullable=False),
        sa.Column("author", sa.String(60), nullable=True),
        sa.Column("outgoing_number", sa.String(20), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("closing_checks", sa.String(), nullable=False),
        sa.Column("closing_note", sa.String(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next_wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("audit_seq", sa.Integer(), nullable=False),
        sa.Column("audit_hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(status = 'voided') = (void_reason <> '')", name=op.f("ck_petition_void_reason")),
        sa.CheckConstraint(
            "channel IN ('web', 'email', 'phone', 'desk', 'verbal', 'letter', 'messaging', 'social_network', 'field_visit', 'fair', 'accountability_event', 'anti_corruption_line', 'api')",
            name=op.f("ck_petition_channel"),
        ),
        sa.CheckConstraint(
            "nature IN ('petition', 'judicial_notice', 'invoice', 'other')", name=op.f("ck_petition_nature")
        ),
        sa.CheckConstraint(
            "petitioner_type IN ('natural', 'legal_entity', 'minor', 'proxy', 'anonymous')",
            name=op.f("ck_petition_petitioner_type"),
        ),
        sa.CheckConstraint(
            "reply_by IN ('email', 'letter', 'publication')", name=op.f("ck_petition_reply_by")
        ),
        sa.CheckConstraint(
            "kind IN ('request', 'complaint', 'service_claim', 'suggestion', 'compliment', 'wrongdoing_report', 'information_request', 'document_request', 'consultation', 'authority_request', 'congress_request', 'ombudsman_request', 'personal_data_query', 'personal_data_claim', 'utility_claim', 'health_vital_risk', 'health_prioritised_risk', 'health_simple_risk', 'fiscal_report', 'disciplinary_complaint', 'control_body_request', 'council_request', 'judge_request')",
            name=op.f("ck_petition_kind"),
        ),
        sa.CheckConstraint("status <> 'closed' OR closed_at IS NOT NULL", name=op.f("ck_petition_closed_at")),
        sa.CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_petition_sent_at")),
        sa.CheckConstraint(
            "status IN ('filed', 'in_distribution', 'assigned', 'in_progress', 'awaiting_signature', 'sent', 'notified', 'returned_by_mail', 'closed', 'transferred', 'withdrawn', 'archived', 'rejected', 'voided', 'not_a_petition')",
            name=op.f("ck_petition_status"),
        ),
        sa.CheckConstraint(
            "term_state IN ('running', 'extended', 'suspended')", name=op.f("ck_petition_term_state")
        ),
        sa.CheckConstraint("audit_seq >= 1 AND version >= 1", name=op.f("ck_petition_heads")),
        sa.CheckConstraint(
            "(fixed_amount IS NULL) = (fixed_unit IS NULL)", name=op.f("ck_petition_fixed_term")
        ),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 1 AND 3", name=op.f("ck_petition_level")),
        sa.ForeignKeyConstraint(["author"], ["person.username"], name=op.f("fk_petition_author")),
        sa.ForeignKeyConstraint(["calendar"], ["calendar_version.number"], name=op.f("fk_petition_calendar")),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name=op.f("fk_petition_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
        sa.UniqueConstraint("filing_number", name=op.f("uq_petition_filing_number")),
        sa.UniqueConstraint("outgoing_number", name=op.f("uq_petition_outgoing_number")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_petition_year_number")),
    )
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.create_index("ix_petition_department_status", ["department", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_petition_status"), ["status"], unique=False)
        batch_op.create_index(
            "ix_petition_term_state",
            ["term_state"],
            unique=False,
            sqlite_where=sa.text("term_state <> 'running'"),
            postgresql_where=sa.text("term_state <> 'running'"),
        )
        batch_op.create_index(
            "ix_petition_wake",
            ["next_wake_at"],
            unique=False,
            sqlite_where=sa.text("next_wake_at IS NOT NULL"),
            postgresql_where=sa.text("next_wake_at IS NOT NULL"),
        )

    op.create_table(
        "alert",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(80), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("working_days_before", sa.Integer(), nullable=True),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_alert_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "task", name=op.f("pk_alert")),
    )
    op.create_table(
        "alert_acknowledgement",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(40), nullable=False),
        sa.Column("username", sa.String(60), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_alert_acknowledgement_petition_id")
        ),
        sa.ForeignKeyConstraint(
            ["username"], ["person.username"], name=op.f("fk_alert_acknowledgement_username")
        ),
        sa.PrimaryKeyConstraint("petition_id", "rung", "username", name=op.f("pk_alert_acknowledgement")),
    )
    op.create_table(
        "alert_plan",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("working_days_before", sa.Integer(), nullable=True),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_alert_plan_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "name", name=op.f("pk_alert_plan")),
    )
    op.create_table(
        "attachment",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(10), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_attachment_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "case_state",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("bundle", sa.String(64), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("state_before_end", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["bundle"], ["bundle.hash"], name=op.f("fk_case_state_bundle")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_case_state_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_case_state")),
    )
    with op.batch_alter_table("case_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_state_bundle"), ["bundle"], unique=False)

    op.create_table(
        "idempotency_key",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_idempotency_key_petition_id")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_key_created_at"), ["created_at"], unique=False)

    op.create_table(
        "incident",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_incident_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "task", name=op.f("pk_incident")),
    )
    op.create_table(
        "on_call_turn",
        sa.Column("username", sa.String(60), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["person.username"], name=op.f("fk_on_call_turn_username")),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_on_call_turn")),
    )
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_role_person_id")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_person_role")),
    )
    op.create_table(
        "legal_event",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("act_number", sa.String(60), nullable=False),
        sa.Column("notice_key", sa.String(160), nullable=True),
        sa.Column("recorded_by", sa.String(120), nullable=False),
        sa.CheckConstraint(
            "kind IN ('filed', 'transferred_in', 'completion_requested', 'completion_extension_asked', 'completed', 'deemed_withdrawn', 'withdrawn', 'continued_ex_officio', 'returned_unclear', 'clarified', 'archived_unclear', 'rejected_disrespectful', 'extension_told', 'notice_returned', 'transferred_out', 'received_by_competent', 'reassigned', 'reclassified', 'refused_by_reserve', 'answered', 'notified', 'insisted', 'positive_silence', 'negative_silence', 'appealed', 'appeal_decided', 'judge_ordered', 'judge_ruled', 'order_met', 'number_cancelled', 'portal_failed')",
            name=op.f("ck_legal_event_kind"),
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_legal_event_seq")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_legal_event_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_legal_event")),
    )
    op.create_table(
        "duty",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rings", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(120), nullable=False),
        sa.CheckConstraint(
            "kind IN ('appeal', 'judge_report', 'ruling', 'danger', 'returned_answer')",
            name=op.f("ck_duty_kind"),
        ),
        sa.CheckConstraint("(done_at IS NULL) = (done_by = '')", name=op.f("ck_duty_done")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_duty_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_duty")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index(
            "ix_duty_open",
            ["kind"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "note",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_note_text")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_note_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_note")),
    )
    op.create_table(
        "petition_link",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("related_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.CheckConstraint("petition_id <> related_id", name=op.f("ck_petition_link_another")),
        sa.CheckConstraint(
            "relation IN ('earlier_answer', 'new_petition', 'appeal')",
            name=op.f("ck_petition_link_relation"),
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_petition_link_petition_id")),
        sa.ForeignKeyConstraint(["related_id"], ["petition.id"], name=op.f("fk_petition_link_related_id")),
        sa.PrimaryKeyConstraint("petition_id", "related_id", "relation", name=op.f("pk_petition_link")),
    )
    with op.batch_alter_table("petition_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_link_related_id"), ["related_id"], unique=False)

    op.create_table(
        "matter",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.CheckConstraint(
            "kind IN ('request', 'complaint', 'service_claim', 'suggestion', 'compliment', 'wrongdoing_report', 'information_request', 'document_request', 'consultation', 'authority_request', 'congress_request', 'ombudsman_request', 'personal_data_query', 'personal_data_claim', 'utility_claim', 'health_vital_risk', 'health_prioritised_risk', 'health_simple_risk', 'fiscal_report', 'disciplinary_complaint', 'control_body_request', 'council_request', 'judge_request')",
            name=op.f("ck_matter_kind"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_matter_number")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_matter_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "number", name=op.f("pk_matter")),
    )
    op.create_table(
        "reclassification_proposal",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("new_kind", sa.String(30), nullable=False),
        sa.Column("matters", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(60), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "new_kind IN ('request', 'complaint', 'service_claim', 'suggestion', 'compliment', 'wrongdoing_report', 'information_request', 'document_request', 'consultation', 'authority_request', 'congress_request', 'ombudsman_request', 'personal_data_query', 'personal_data_claim', 'utility_claim', 'health_vital_risk', 'health_prioritised_risk', 'health_simple_risk', 'fiscal_report', 'disciplinary_complaint', 'control_body_request', 'council_request', 'judge_request')",
            name=op.f("ck_reclassification_proposal_new_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_reclassification_proposal_petition_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.username"], name=op.f("fk_reclassification_proposal_proposed_by")
        ),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_reclassification_proposal")),
    )
    op.create_table(
        "moved_date",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.Column("holder", sa.String(60), nullable=True),
        sa.Column("department", sa.String(20), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_moved_date_petition_id")),
        sa.ForeignKeyConstraint(["version"], ["calendar_version.number"], name=op.f("fk_moved_date_version")),
        sa.PrimaryKeyConstraint("version", "petition_id", name=op.f("pk_moved_date")),
    )
    op.create_table(
        "reception",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("received_by", sa.String(200), nullable=False),
        sa.Column("missing", sa.String(), nullable=False),
        sa.Column("paper_annexes", sa.String(300), nullable=False),
        sa.Column("language", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_reception_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_reception")),
    )
    op.create_table(
        "special_care",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("care", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_special_care_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "care", name=op.f("pk_special_care")),
    )
    op.create_table(
        "petitioner",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("document_type", sa.String(20), nullable=False),
        sa.Column("document_number", sa.String(30), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("region", sa.String(60), nullable=False),
        sa.Column("municipality", sa.String(120), nullable=False),
        sa.Column("neighbourhood", sa.String(120), nullable=False),
        sa.Column("representative_name", sa.String(200), nullable=False),
        sa.Column("representative_document", sa.String(60), nullable=False),
        sa.Column("electronic_notice", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_petitioner_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_petitioner")),
    )
    op.create_table(
        "reserved_identity",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("document_type", sa.String(20), nullable=False),
        sa.Column("document_number", sa.String(30), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("region", sa.String(60), nullable=False),
        sa.Column("municipality", sa.String(120), nullable=False),
        sa.Column("neighbourhood", sa.String(120), nullable=False),
        sa.Column("representative_name", sa.String(200), nullable=False),
        sa.Column("representative_document", sa.String(60), nullable=False),
        sa.Column("electronic_notice", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_reserved_identity_petition_id")
        ),
        sa.PrimaryKeyConstraint("petition_id", name=op.f("pk_reserved_identity")),
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent", sa.String(60), nullable=False),
        sa.Column("substitute", sa.String(60), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("act_number", sa.String(60), nullable=False),
        sa.Column("recorded_by", sa.String(120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.String(120), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("absent <> substitute", name=op.f("ck_substitution_two_people")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_substitution_days")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_substitution_ended")),
        sa.ForeignKeyConstraint(["absent"], ["person.username"], name=op.f("fk_substitution_absent")),
        sa.ForeignKeyConstraint(["substitute"], ["person.username"], name=op.f("fk_substitution_substitute")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    with op.batch_alter_table("substitution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_substitution_absent"), ["absent"], unique=False)
        batch_op.create_index(batch_op.f("ix_substitution_last_on"), ["last_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_substitution_substitute"), ["substitute"], unique=False)
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "work_item",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=False),
        sa.Column("element", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("lane", sa.String(60), nullable=False),
        sa.Column("form", sa.String(200), nullable=True),
        sa.Column("department", sa.String(20), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("assignee", sa.String(60), nullable=True),
        sa.Column("only_for", sa.String(60), nullable=True),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(120), nullable=True),
        sa.CheckConstraint("(status = 'open') = (closed_at IS NULL)", name=op.f("ck_work_item_closed_at")),
        sa.CheckConstraint("status IN ('open', 'done', 'cancelled')", name=op.f("ck_work_item_status")),
        sa.ForeignKeyConstraint(["assignee"], ["person.username"], name=op.f("fk_work_item_assignee")),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name=op.f("fk_work_item_department")),
        sa.ForeignKeyConstraint(["only_for"], ["person.username"], name=op.f("fk_work_item_only_for")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_work_item_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "task", name=op.f("pk_work_item")),
    )
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_item_assignee"), ["assignee"], unique=False)
        batch_op.create_index("ix_work_item_inbox", ["status", "lane", "department"], unique=False)
    op.create_table(
        "exclusion",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(60), nullable=False),
        sa.Column("cause", sa.String(15), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cause IN ('complained_of', 'conflict')", name=op.f("ck_exclusion_cause")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_exclusion_petition_id")),
        sa.ForeignKeyConstraint(["username"], ["person.username"], name=op.f("fk_exclusion_username")),
        sa.PrimaryKeyConstraint("petition_id", "username", name=op.f("pk_exclusion")),
    )
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_username"), ["username"], unique=False)

    op.create_table(
        "stand_in",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(60), nullable=False),
        sa.Column("lane", sa.String(60), nullable=False),
        sa.Column("department", sa.String(20), nullable=True),
        sa.Column("instead_of", sa.String(60), nullable=False),
        sa.Column("designated_by", sa.String(120), nullable=False),
        sa.Column("designated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name=op.f("fk_stand_in_department")),
        sa.ForeignKeyConstraint(["instead_of"], ["person.username"], name=op.f("fk_stand_in_instead_of")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_stand_in_petition_id")),
        sa.ForeignKeyConstraint(["username"], ["person.username"], name=op.f("fk_stand_in_username")),
        sa.PrimaryKeyConstraint("petition_id", "username", "lane", name=op.f("pk_stand_in")),
    )
    with op.batch_alter_table("stand_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stand_in_username"), ["username"], unique=False)

    op.create_table(
        "help_request",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(20), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contribution", sa.String(), nullable=False),
        sa.Column("contributed_by", sa.String(60), nullable=True),
        sa.Column("contributed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(contributed_at IS NULL) = (contributed_by IS NULL)", name=op.f("ck_help_request_contributed")
        ),
        sa.ForeignKeyConstraint(
            ["contributed_by"], ["person.username"], name=op.f("fk_help_request_contributed_by")
        ),
        sa.ForeignKeyConstraint(["department"], ["department.code"], name=op.f("fk_help_request_department")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_help_request_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_help_request")),
        sa.UniqueConstraint(
            "petition_id", "round", "department", name=op.f("uq_help_request_petition_id_round_department")
        ),
    )
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_request_department"), ["department"], unique=False)

    op.create_table(
        "signature",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(60), nullable=False),
        sa.Column("asked_by", sa.String(120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(10), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(60), nullable=True),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('sign', 'refuse')", name=op.f("ck_signature_decision")
        ),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_signature_decided_at")),
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name=op.f("ck_signature_decided_by")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_signature_petition_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.username"], name=op.f("fk_signature_decided_by")),
        sa.ForeignKeyConstraint(["signer"], ["person.username"], name=op.f("fk_signature_signer")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_signature")),
        sa.UniqueConstraint(
            "petition_id", "round", "signer", name=op.f("uq_signature_petition_id_round_signer")
        ),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_signer"), ["signer"], unique=False)

    op.create_table(
        "department_return",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("returned_by", sa.String(60), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["department.code"], name=op.f("fk_department_return_department")
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_department_return_petition_id")
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"], ["person.username"], name=op.f("fk_department_return_returned_by")
        ),
        sa.PrimaryKeyConstraint("petition_id", "department", name=op.f("pk_department_return")),
    )
    op.create_table(
        "copy_payment",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("how_to_pay", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.String(60), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("copies >= 1 AND price >= 1", name=op.f("ck_copy_payment_amounts")),
        sa.CheckConstraint("(paid_at IS NULL) = (receipt = '')", name=op.f("ck_copy_payment_receipt")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_copy_payment_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_copy_payment")),
    )
    op.create_table(
        "sent_answer",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("outgoing_number", sa.String(20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("author", sa.String(60), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notice_key", sa.String(160), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_how", sa.String(12), nullable=False),
        sa.Column("delivered_to", sa.String(300), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(delivered_at IS NULL) = (delivered_how = '')", name=op.f("ck_sent_answer_delivered")
        ),
        sa.CheckConstraint(
            "delivered_how IN ('', 'email', 'letter', 'in_person', 'publication')",
            name=op.f("ck_sent_answer_delivered_how"),
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_sent_answer_seq")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_sent_answer_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_sent_answer")),
        sa.UniqueConstraint("outgoing_number", name=op.f("uq_sent_answer_outgoing_number")),
    )
    with op.batch_alter_table("sent_answer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sent_answer_travels",
            ["notice_key"],
            unique=False,
            sqlite_where=sa.text("notice_key IS NOT NULL"),
            postgresql_where=sa.text("notice_key IS NOT NULL"),
        )

    op.create_table(
        "survey",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved", sa.String(10), nullable=False),
        sa.Column("understood", sa.String(10), nullable=False),
        sa.Column("dignified", sa.String(10), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (solved = '')", name=op.f("ck_survey_answered")),
        sa.CheckConstraint("dignified IN ('', 'yes', 'partly', 'no')", name=op.f("ck_survey_dignified")),
        sa.CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name=op.f("ck_survey_rating")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_survey_seq")),
        sa.CheckConstraint("solved IN ('', 'yes', 'partly', 'no')", name=op.f("ck_survey_solved")),
        sa.CheckConstraint("understood IN ('', 'yes', 'partly', 'no')", name=op.f("ck_survey_understood")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_survey_petition_id")),
        sa.PrimaryKeyConstraint("petition_id", "seq", name=op.f("pk_survey")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_publication_petition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("petition_id", "seq", name=op.f("uq_publication_petition_id_seq")),
    )
    op.execute(
        sa.text("INSERT INTO office_journal (id, seq, hash) VALUES (1, 0, :genesis)").bindparams(
            genesis=bytes(32)
        )
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("publication")
    op.drop_table("survey")
    with op.batch_alter_table("sent_answer", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_sent_answer_travels",
            sqlite_where=sa.text("notice_key IS NOT NULL"),
            postgresql_where=sa.text("notice_key IS NOT NULL"),
        )

    op.drop_table("sent_answer")
    op.drop_table("copy_payment")
    op.drop_table("department_return")
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signature_signer"))

    op.drop_table("signature")
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_request_department"))

    op.drop_table("help_request")
    with op.batch_alter_table("stand_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stand_in_username"))

    op.drop_table("stand_in")
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_username"))

    op.drop_table("exclusion")
    with op.batch_alter_table("work_item", schema=None) as batch_op:
        batch_op.drop_index("ix_work_item_inbox")
        batch_op.drop_index(batch_op.f("ix_work_item_assignee"))

    op.drop_table("work_item")
    with op.batch_alter_table("substitution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_substitution_substitute"))
        batch_op.drop_index(batch_op.f("ix_substitution_last_on"))
        batch_op.drop_index(batch_op.f("ix_substitution_absent"))

    op.drop_table("substitution")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_person_id"))
        batch_op.drop_index(batch_op.f("ix_web_session_expires_at"))

    op.drop_table("web_session")
    op.drop_table("reserved_identity")
    op.drop_table("petitioner")
    op.drop_table("special_care")
    op.drop_table("reception")
    op.drop_table("moved_date")
    op.drop_table("reclassification_proposal")
    with op.batch_alter_table("petition_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_link_related_id"))

    op.drop_table("petition_link")
    op.drop_table("note")
    op.drop_table("matter")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_duty_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.drop_table("duty")
    op.drop_table("legal_event")
    op.drop_table("person_role")
    op.drop_table("on_call_turn")
    op.drop_table("incident")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_key_created_at"))

    op.drop_table("idempotency_key")
    with op.batch_alter_table("case_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_state_bundle"))

    op.drop_table("case_state")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_sha256"))

    op.drop_table("attachment")
    op.drop_table("alert_plan")
    op.drop_table("alert_acknowledgement")
    op.drop_table("alert")
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_petition_term_state",
            sqlite_where=sa.text("term_state <> 'running'"),
            postgresql_where=sa.text("term_state <> 'running'"),
        )
        batch_op.drop_index(
            "ix_petition_wake",
            sqlite_where=sa.text("next_wake_at IS NOT NULL"),
            postgresql_where=sa.text("next_wake_at IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_petition_status"))
        batch_op.drop_index("ix_petition_department_status")

    op.drop_table("petition")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_department"))

    op.drop_table("person")
    op.drop_table("office_task")
    op.drop_table("report_case")
    op.drop_table("report")
    op.drop_table("outbox_sealed_recipient")
    op.drop_table("current_bundle")
    op.drop_table("bundle_file")
    op.drop_table("audit_anchor_head")
    op.drop_table("sweep_run")
    op.drop_table("sign_in_attempt")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_person")
        batch_op.drop_index("ix_outbox_message_unread")
        batch_op.drop_index("ix_outbox_message_at_desk")
        batch_op.drop_index(batch_op.f("ix_outbox_message_stream"))
        batch_op.drop_index("ix_outbox_message_due")

    op.drop_table("outbox_message")
    op.drop_table("office_journal")
    op.drop_table("office_clock")
    op.drop_table("filing_counter")
    op.drop_table("topic")
    op.drop_table("territory")
    op.drop_table("entity")
    op.drop_table("department")
    op.drop_table("calendar_draft")
    op.drop_table("calendar_version")
    op.drop_table("holiday_list")
    op.drop_table("bundle")
    op.drop_table("audit_event")
    op.drop_table("audit_anchor")
