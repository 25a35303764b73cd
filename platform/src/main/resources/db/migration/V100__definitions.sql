-- ObservedProperties of our own are named by a URN; the first versions wrote an address that nobody serves.
update observed_property set definition = 'urn:smart-city-cloud:property:' || substr(definition, 40)
where definition like 'https://citycloud.example/def/property/%';
