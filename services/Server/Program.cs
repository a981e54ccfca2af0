using SportBuff;
using SportBuff.Server;
using SportBuff.Server.Caching;
using SportBuff.Server.Consuming;
using SportBuff.Server.Listing;
using SportBuff.Server.Storage;

return await ServiceHost.RunAsync(
    args,
    (builder, environment) =>
    {
        builder.Services.AddSingleton(BrokerOptions.Read(environment));
        builder.Services.AddSingleton(DatabaseOptions.Read(environment));
        builder.Services.AddSingleton(CacheOptions.Read(environment));
        builder.Services.AddSingleton<ServerMetrics>();
        builder.Services.AddSingleton<BuffStore>();
        builder.Services.AddSingleton<IBuffTable>(services => services.GetRequiredService<BuffStore>());
        builder.Services.AddSingleton<ICachedList, RedisList>();
        builder.Services.AddSingleton<ListCache>();
        builder.Services.AddSingleton<BuffConsumer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BuffConsumer>());
    },
    app =>
    {
        app.Services.GetRequiredService<ICachedList>().Connect();
        app.MapMethods("/buffs", [HttpMethods.Get, HttpMethods.Head], GetBuffs.HandleAsync);
        app.MapGet("/readyz", Readiness.HandleAsync);
    }
);
