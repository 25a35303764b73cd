-- From a FeatureOfInterest to its Observations; few Observations name one of their own.
create index observation_feature on observation (municipality_id, feature_id) where feature_id is not null;
create index datastream_default_feature on datastream (municipality_id, default_feature_id);
