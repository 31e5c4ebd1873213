"""What the bill is made of: what 1,000 homes do in a month, and how large things are. See ``bench.cost``."""

from typing import NamedTuple

# Sizes. tests/architecture/test_cost_doc.py measures the first three anew and fails where one has outgrown its figure here.
REGISTER_KB = 60  # of 1,000 homes, compressed; the sample's give 45, but its phone numbers count up and real ones do not
CHECK_IN_BYTES = 165  # one plain report as DynamoDB counts it
DUTY_KB, HOME_KB = 20.0, 1.0  # answers, gzipped, with headers
PAGE_KB, ASSET_KB, ASSETS = 5.5, 1.8, 12  # the resident's page and each asset it names, gzipped, with headers
TICKETS_KB = 4.0  # forty open tickets, gzipped
PHOTO_KB, PHOTO_MONTHS = 300, 6  # drawn anew at most 1,600 pixels long; kept for 180 days
PARCEL_SCANS, PARCELS_KB = 2.2, 5.0  # requests that move a parcel, its share of loads; 300 on their way, gzipped
BOARD_KB = 3.0  # the file of a compound's open notices, gzipped, with headers
LOG_KB = 0.35  # Lambda's own START, END and REPORT lines
KEPT_DAYS = 90  # of check-ins
MINUTES = 30 * 24 * 60
HOURS = 30 * 24
POLLERS = 5 * 3  # receives a minute of one idle queue: five pollers, 20 s long polling
POLLS = 12 * 60 * 2 * 30
GROUPS = 60  # floor groups that a notice is told to
SHARDS = 4  # of the due index, each asked at every sweep
STAFF_PLAN = "Lite"  # of the user pool, as the template says

# Memory in GB, and an assumed billed time in seconds: CPU measured on a laptop, slowed to the share of a processor that memory buys.
API_GB, WORKER_GB = 0.5, 0.25
CHECK_IN_S, HOME_S, DUTY_S, STAFF_S, WORKER_S = 0.02, 0.04, 0.15, 0.06, 0.025
COLD_STARTS, COLD_S = 2_000, 0.6


class Month(NamedTuple):
    """What 1,000 homes do in 30 days."""

    check_ins: int = 30_000
    opens: int = 30_000
    first_visits: int = 2_000
    screens: int = 1
    staff_acts: int = 3_000
    staff: int = 20
    gateways: int = 8
    thermometers: int = 0
    messages: int = 20_000
    door_opens: int = 3_000
    alerts: int = 600
    visits: int = 6_000
    tasks: int = 1_500
    tickets: int = 0
    ticket_screens: int = 0
    letters: int = 0
    notices: int = 0
    lifts: int = 0
    parcels: int = 0
    deeds: int = 0
    scanned: int = 0

    @property
    def polls(self) -> int:
        """A duty page is open 12 hours a day and asks twice a minute."""
        return self.screens * POLLS

    @property
    def ticket_polls(self) -> int:
        return self.ticket_screens * POLLS

    @property
    def photos(self) -> float:
        """Two with every third ticket."""
        return self.tickets * 2 / 3

    @property
    def works(self) -> int:
        """Whatever is told, taken on and closed: a ticket and a letter are a task as well."""
        return self.tasks + self.tickets + self.letters

    @property
    def acts(self) -> int:
        """A ticket is read twice, reported, taken on, solved, judged, and its photos are asked for and looked at; a letter is written,
        looked for at the desk twice, judged, answered, read and asked after. Whoever scans a place has its page, or the patrol's, read first."""
        return self.staff_acts + self.visits + 2 * self.tasks + 8 * self.tickets + 7 * self.letters + round(self.scans) + 2 * self.scanned

    @property
    def scans(self) -> float:
        """A parcel is taken in by itself, carried and shelved in loads of ten, and taken home by itself; the page looks after each."""
        return 2 * PARCEL_SCANS * self.parcels

    @property
    def heard(self) -> int:
        """Sensor messages with the thermometers' readings, one each half hour."""
        return self.messages + self.thermometers * 48 * 30

    @property
    def looked_up(self) -> int:
        """What the lifts' screens ask the CDN for, every five minutes all day."""
        return self.lifts * 12 * 24 * 30

    @property
    def looks(self) -> float:
        """Of gateways: as often as one of their sensors may have been silent for a day."""
        return self.gateways * 1.3 * 30

    @property
    def api(self) -> int:
        return self.check_ins + self.opens + self.polls + self.ticket_polls + self.acts

    @property
    def records(self) -> float:
        """Batches of the table's stream, at worst one a record; what expires comes in full batches of 25."""
        return (
            4 * GROUPS * self.notices
            + self.check_ins * (1 + 1 / 25)
            + self.heard
            + self.looks
            + 8 * self.alerts
            + self.visits
            + 7 * self.works
            + 6 * self.parcels
            + self.scanned
        )

    @property
    def starts(self) -> float:
        return self.api + MINUTES + HOURS + self.heard + self.records

    @property
    def gb_seconds(self) -> float:
        api = self.check_ins * CHECK_IN_S + self.opens * HOME_S + self.polls * DUTY_S + (self.acts + self.ticket_polls) * STAFF_S
        cold = COLD_STARTS * COLD_S if self.api else 0
        return API_GB * (api + cold) + WORKER_GB * WORKER_S * (self.starts - self.api)

    @property
    def stored_gb(self) -> float:
        """Check-ins with DynamoDB's overhead of 100 bytes an item; everything else is within 5 MB."""
        return (self.check_ins / 30 * KEPT_DAYS * (CHECK_IN_BYTES + 100) + (5e6 if self.check_ins else 0)) / 2**30

    @property
    def egress_gb(self) -> float:
        small = (self.opens + self.check_ins + self.staff_acts) * HOME_KB
        more = (
            self.ticket_polls * TICKETS_KB
            + PARCEL_SCANS * self.parcels * PARCELS_KB
            + (8 * self.tickets + 7 * self.letters + PARCEL_SCANS * self.parcels) * HOME_KB
            + 2 * self.photos * PHOTO_KB
        )
        return (
            self.polls * DUTY_KB + self.looked_up * BOARD_KB + small + more + self.opens * PAGE_KB + self.first_visits * ASSETS * ASSET_KB
        ) / 2**20


IDLE = Month(*[0] * len(Month._fields))
