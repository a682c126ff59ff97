#!/usr/bin/env bash
# .NET 10.0.12 and System.Numerics.Tensors 11.0.0: LogP1 and ExpM1, whose purpose is log(1 + x) and exp(x) - 1 of small x, are computed as just these expressions
# by float, double and TensorPrimitives, and so have no correct digit where x is small. (log1p and expm1 of C, Java and NumPy have all.) Math and MathF have no
# such methods; 2 artanh(x / (2 + x)) and 2 tanh(x / 2) / (1 - tanh(x / 2)) keep the digits.
#
# Output seen (right is the argument itself each time):
#   .NET 10.0.12, System.Numerics.Tensors, Version=11.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51
#   Single 1E-08: LogP1 0, ExpM1 0; TensorPrimitives.LogP1 0, ExpM1 1.1920929E-07; 2 artanh(x / (2 + x)) 1E-08, 2 tanh(x / 2) / (1 - tanh(x / 2)) 1E-08
#   Double 1E-17: LogP1 0, ExpM1 0; TensorPrimitives.LogP1 0, ExpM1 0; 2 artanh(x / (2 + x)) 1E-17, 2 tanh(x / 2) / (1 - tanh(x / 2)) 1E-17
#
# Exits with 1 if one of them is right to 1 % some day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="System.Numerics.Tensors" Version="11.0.0" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Numerics;
using System.Numerics.Tensors;

Console.WriteLine($".NET {Environment.Version}, {typeof(TensorPrimitives).Assembly.GetName()}");
return Show<float>(1e-8f) | Show<double>(1e-17) ? 1 : 0;

// Whether any is right now.
static bool Show<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
{
    T[] logs = new T[16], exponentials = new T[16], arguments = [.. Enumerable.Repeat(x, 16)];
    TensorPrimitives.LogP1<T>(arguments, logs);
    TensorPrimitives.ExpM1<T>(arguments, exponentials);
    T two = T.One + T.One, tanh = T.Tanh(x / two);
    Console.WriteLine($"{typeof(T).Name} {x}: LogP1 {T.LogP1(x)}, ExpM1 {T.ExpM1(x)}; TensorPrimitives.LogP1 {logs[0]}, ExpM1 {exponentials[0]}; "
        + $"2 artanh(x / (2 + x)) {two * T.Atanh(x / (two + x))}, 2 tanh(x / 2) / (1 - tanh(x / 2)) {two * tanh / (T.One - tanh)}");
    return new[] { T.LogP1(x), T.ExpM1(x), logs[0], exponentials[0] }.Any(result => T.Abs(result - x) < T.CreateTruncating(0.01) * x);
}
CS
dotnet run -c Release
