namespace DiTask.Api.Metrics;

/// <summary>A request's feature that says in which stage it is; read when the request has ended without an answer.</summary>
internal delegate string RequestStage();
