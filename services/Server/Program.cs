using SportBuff;
using SportBuff.Server.Caching;
using SportBuff.Server.Consuming;
using SportBuff.Server.Listing;
using SportBuff.Server.Storage;

return await ServiceHost.RunAsync(
    args,
    builder =>
    {
        builder.Services.AddSingleton(BrokerOptions.FromEnvironment());
        builder.Services.AddSingleton(DatabaseOptions.FromEnvironment());
        builder.Services.AddSingleton(CacheOptions.FromEnvironment());
        builder.Services.AddSingleton<BuffStore>();
        builder.Services.AddSingleton<ListCache>();
        builder.Services.AddSingleton<BuffConsumer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BuffConsumer>());
    },
    app =>
    {
        app.Services.GetRequiredService<ListCache>().Connect();
        app.MapGet("/buffs", GetBuffs.HandleAsync);
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/readyz", Readiness.HandleAsync);
    });
