import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const CPP = {
  'CMakeLists.txt': 'project(shop)\nfind_package(OpenSSL REQUIRED)\nadd_executable(shop main.cpp)\n',
  'main.cpp': 'int main() {}\n',
};
const NAIVE =
  'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y build-essential cmake libssl-dev\nWORKDIR /app\nCOPY . .\nRUN mkdir -p build && cd build && cmake .. && make\nCMD ["./build/shop"]\n';

function final(dockerfile: string, files: Record<string, string> = CPP): string {
  return planFor(dockerfile, files).after.split('# Final stage: what the app needs at run time\n')[1] ?? '';
}

describe('C++', () => {
  it('runs on the same Ubuntu with the libraries behind the headers', () => {
    const after = final(NAIVE);
    expect(after).toContain('FROM ubuntu:22.04\n');
    expect(after).toMatch(/--no-install-recommends (?:ca-certificates )?libssl3 /);
    expect(after).toContain('COPY --from=build /app/build/shop /app/build/shop\n');
    expect(after).not.toMatch(/build-essential|cmake|mkdir/);
  });

  it('copies what Meson installs', () => {
    const dockerfile =
      'FROM debian:bookworm\nRUN apt-get update && apt-get install -y g++ meson libssl-dev\nWORKDIR /src\nCOPY . .\nRUN meson setup build && meson install -C build\nCMD ["shop"]\n';
    const meson =
      "project('shop', 'cpp')\nexecutable('shop', 'main.cpp', dependencies: dependency('openssl'), install: true)\n";
    const after = final(dockerfile, { 'meson.build': meson, 'main.cpp': '' });
    expect(after).toContain('COPY --from=build /usr/local /usr/local\n');
    expect(after).toContain(' libssl3 ');
    expect(after).toContain('CMD ["shop"]\n');
    expect(final(dockerfile.replace(' && meson install -C build', ''), { 'meson.build': meson, 'main.cpp': '' })).toBe(
      '',
    );
  });

  it.each([
    ['gcc', 'gcc:trixie'],
    ['gcc:latest', 'gcc:trixie'],
    ['gcc:15', 'gcc:15-trixie'],
  ])('brings the C++ library of %s, which is newer than that of Debian', (base, builder) => {
    const dockerfile = `FROM ${base}\nWORKDIR /app\nCOPY . .\nRUN g++ main.cpp -o app -lpthread\nCMD ["./app"]\n`;
    const { after } = planFor(dockerfile, { 'main.cpp': '' });
    expect(after).toContain(`FROM ${builder} AS build\n`);
    expect(after).toContain('FROM debian:trixie-slim\n');
    expect(after).toContain(
      'COPY --from=build /usr/local/lib64/libgcc_s.so.1 /usr/local/lib64/libstdc++.so.6 /usr/local/lib/\nRUN ldconfig\n',
    );
  });

  it('links libraries of its own statically where a setting says so', () => {
    const files = {
      ...CPP,
      'CMakeLists.txt': `set(BUILD_SHARED_LIBS OFF)\nadd_library(a a.cpp)\n${CPP['CMakeLists.txt']}`,
    };
    expect(final(NAIVE.replace('cmake ..', 'cmake .. -DBUILD_SHARED_LIBS=OFF'), files)).toContain(
      'FROM ubuntu:22.04\n',
    );
  });

  it('tells that a script builds it', () => {
    const dockerfile =
      'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y build-essential cmake\nWORKDIR /app\nCOPY . .\nRUN chmod +x ./build.sh\nRUN ./build.sh\nCMD ["./build/app"]\n';
    const files = { 'main.cpp': '', 'build.sh': '#!/bin/sh\ncmake -B build\ncmake --build build\n' };
    expect(guardOf(planFor(dockerfile, files), 'multi-stage')).toBe(
      '`./build.sh` builds the program: write its commands into the Dockerfile',
    );
  });

  it('brings none for C, or where it is linked statically', () => {
    const dockerfile = 'FROM gcc\nWORKDIR /app\nCOPY . .\nRUN gcc -o app main.c\nCMD ["./app"]\n';
    expect(final(dockerfile, { 'main.c': '' })).not.toMatch(/libstdc|ldconfig/);
    const isStatic = dockerfile.replace('gcc -o', 'g++ -static-libstdc++ -static-libgcc -o');
    expect(final(isStatic, { 'main.c': '', 'main.cpp': '' })).not.toMatch(/libstdc|ldconfig/);
  });

  it('gives the program to the user who builds it', () => {
    const own =
      'FROM gcc:13\nRUN useradd -m dev\nUSER dev\nWORKDIR /home/dev/app\nCOPY --chown=dev . .\nRUN g++ main.cpp -o app\nCMD ["./app"]\n';
    const after = final(own, { 'main.cpp': '' });
    expect(after).toMatch(
      /lib64\/libgcc_s[^\n]+\nRUN ldconfig\nRUN useradd -m dev\nUSER dev\nWORKDIR \/home\/dev\/app\n/,
    );
    expect(after).toContain('COPY --from=build --chown=dev /home/dev/app/app /home/dev/app/app\n');
    expect(final(own.replace('RUN useradd -m dev\nUSER dev', 'USER 1000'), { 'main.cpp': '' })).toContain(
      'COPY --from=build --chown=1000 ',
    );
  });

  it('knows the libraries of a GCC image from the headers that the file installs', () => {
    const gcc =
      'FROM gcc:12-bookworm\nRUN apt-get update && apt-get install -y libboost-all-dev libmosquitto-dev\nCOPY . .\nRUN g++ -o /app main.cpp -lboost_filesystem -lmosquitto\nCMD ["/app"]\n';
    expect(final(gcc, { 'main.cpp': '' })).toMatch(/libboost-filesystem1\.74\.0 libmosquitto1 /);
    expect(guardOf(planFor(gcc.replace('-lmosquitto', '-lmosq'), { 'main.cpp': '' }), 'multi-stage')).toBe(
      'cannot determine which package has the library mosq',
    );
  });

  it('leaves vcpkg in the build stage', () => {
    const vcpkg = NAIVE.replace(
      'WORKDIR /app',
      'RUN git clone https://github.com/microsoft/vcpkg.git /opt/vcpkg && /opt/vcpkg/bootstrap-vcpkg.sh\nWORKDIR /app',
    );
    expect(final(vcpkg.replace('cmake libssl', 'cmake tar libssl'))).not.toMatch(/vcpkg|\btar\b/);
    expect(final(vcpkg)).toContain('COPY --from=build /app/build/shop /app/build/shop\n');
  });

  it('needs no table of libraries where all have come with packages', () => {
    const files = { ...CPP, 'CMakeLists.txt': `${CPP['CMakeLists.txt']}pkg_check_modules(X REQUIRED fmt)\n` };
    expect(final(NAIVE.replace('ubuntu:22.04', 'debian:bookworm'), files)).toContain('FROM debian:bookworm-slim\n');
  });

  it.each([
    ['CFLAGS = -Wall -fsanitize=address -g\nshop: main.cpp\n\t$(CXX) $(CFLAGS) -o $@ $^\n', true],
    ['debug: CFLAGS += -fsanitize=address\nshop: main.cpp\n\t$(CXX) -o $@ $^\n', false],
    ['ifdef ASAN\nCFLAGS += -fsanitize=address\nendif\nshop: main.cpp\n\t$(CXX) -o $@ $^\n', false],
    ['CFLAGS = -fsanitize=address -static-libasan\nshop: main.cpp\n\t$(CXX) $(CFLAGS) -o $@ $^\n', false],
  ])('does not part a program from the libraries of its compiler: %s', (Makefile, isLeft) => {
    const dockerfile =
      'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y make g++\nWORKDIR /app\nCOPY . .\nRUN make\nCMD ["./shop"]\n';
    const guard = guardOf(planFor(dockerfile, { Makefile, 'main.cpp': '' }), 'multi-stage');
    expect(guard).toBe(
      isLeft ? '`-fsanitize=address` links compiler libraries: build without it, or with `-static-libasan`' : undefined,
    );
  });

  it.each([
    ['ubuntu:22.04', 'libboost-filesystem1.74.0 libboost-log1.74.0'],
    ['ubuntu:24.04', 'libboost-filesystem1.83.0 libboost-log1.83.0'],
    ['debian:bookworm', 'libboost-filesystem1.74.0 libboost-log1.74.0'],
  ])('takes of Boost on %s what is linked', (image, packages) => {
    const cmake =
      'project(shop)\nfind_package(Boost 1.65 REQUIRED COMPONENTS log log_setup)\nadd_executable(shop main.cpp)\ntarget_link_libraries(shop Boost::filesystem Boost::headers)\n';
    const dockerfile = NAIVE.replace('ubuntu:22.04', image).replace('libssl-dev', 'libboost-all-dev');
    expect(final(dockerfile, { ...CPP, 'CMakeLists.txt': cmake })).toContain(`--no-install-recommends ${packages} `);
    const headers = { ...CPP, 'CMakeLists.txt': 'project(shop)\nfind_package(Boost)\nadd_executable(shop main.cpp)\n' };
    expect(final(dockerfile, headers)).not.toContain('boost');
  });

  it('says what a start with make needs, and which tag tells the libraries', () => {
    const make = NAIVE.replace(/RUN mkdir.*/, 'RUN ./install.sh').replace('./build/shop', 'make');
    expect(guardOf(planFor(make, { ...CPP, 'install.sh': '' }), 'multi-stage')).toBe(
      'the container starts `make`, which needs the build tools',
    );
    const latest = NAIVE.replace('ubuntu:22.04', 'ubuntu').replace('libssl-dev', 'libboost-log-dev');
    expect(guardOf(planFor(latest, CPP), 'multi-stage')).toBe(
      'the libraries of libboost-log-dev depend on the release, which the image tag does not name: add it',
    );
  });

  it('brings no library of C++ for a program in C', () => {
    const alpine =
      'FROM alpine:3.20\nRUN apk add build-base\nWORKDIR /app\nCOPY . .\nRUN gcc -o main main.c\nCMD ["./main"]\n';
    expect(final(alpine, { 'main.c': '' })).toContain('FROM alpine:3.20\n');
    expect(final(alpine, { 'main.c': '' })).not.toContain('apk add');
    expect(final(alpine, { 'main.c': '', 'more.cpp': '' })).toContain('apk add --no-cache libstdc++\n');
  });

  it('knows the distribution of CUDA images, but not their packages', () => {
    const cuda =
      'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nWORKDIR /app\nCOPY . .\nRUN g++ -o main main.cpp\nCMD ["./main"]\n';
    expect(guardOf(planFor(cuda, { 'main.cpp': '' }), 'multi-stage')).toBe(
      'unknown base image `nvidia/cuda`: its packages are not in our data',
    );
  });

  it('names the build stage by its work where the author has used the name', () => {
    const { after } = planFor(NAIVE.replace('ubuntu:22.04', 'ubuntu:22.04 AS build'), {
      ...CPP,
      'release.sh': 'docker build --target build .\n',
    });
    expect(after).toContain('FROM ubuntu:22.04 AS compile\n');
    expect(after).toContain('COPY --from=compile ');
  });

  it('follows what a shell starts', () => {
    const shell = NAIVE.replace('["./build/shop"]', '["bash", "-lc", "mkdir -p out && cd build && ./shop"]');
    expect(final(shell)).toContain('COPY --from=build /app/build/shop /app/build/shop\n');
  });

  it('takes what the program reads, and nothing else', () => {
    const files = {
      ...CPP,
      'main.cpp': 'int main() { open("public/index.html"); run("/bin/ls"); }\n',
      'public/index.html': '',
      'bin/old': '',
      'notes.xml': '',
    };
    const after = final(NAIVE, files);
    expect(after).toContain(' public ./public\n');
    expect(after).not.toMatch(/bin |notes/);
  });

  it('leaves the sources to a tool that reads them at the start', () => {
    const docs = NAIVE.replace('["./build/shop"]', 'doxygen Doxyfile && ./build/shop').replace(
      'libssl-dev',
      'libssl-dev doxygen',
    );
    const after = final(docs, { ...CPP, 'src/shop.h': '', Doxyfile: 'INPUT = src\n' });
    expect(after).toMatch(/ (?:Doxyfile main\.cpp|main\.cpp Doxyfile) \.\/\n/);
    expect(after).toContain(' src ./src\n');
    expect(after).not.toContain('CMakeLists');
  });

  it('copies once what a later COPY brings again', () => {
    const again = NAIVE.replace('CMD', 'COPY rooms.rc .\nCMD');
    const files = { ...CPP, 'main.cpp': 'int main() { open("rooms.rc"); }\n', 'rooms.rc': '' };
    expect(final(again, files).match(/rooms\.rc/g)).toHaveLength(1);
  });

  it('names no compilers that its base image has', () => {
    const gcc =
      'FROM gcc:13\nRUN apt-get update && apt-get install -y cmake\nCOPY . .\nRUN cmake -B build\nCMD ["./x"]\n';
    expect(planFor(gcc, CPP).after).toContain('install --no-install-recommends -y cmake\n');
  });

  it('stays on Alpine, with the C++ library', () => {
    const alpine =
      'FROM alpine:3.20\nRUN apk add --no-cache g++ make\nWORKDIR /app\nCOPY . .\nRUN make\nCMD ["./shop"]\n';
    const after = final(alpine, { 'main.cpp': '', Makefile: 'shop: main.cpp\n\tg++ -o shop main.cpp\n' });
    expect(after).toContain('FROM alpine:3.20\n');
    expect(after).toContain('apk add --no-cache libstdc++\n');
  });

  it.each([
    ['a debugger', '["gdb", "./build/shop"]', 'the container starts `gdb`, which needs the build tools'],
    ['make', '["make", "run"]', 'the container starts `make`, which needs the build tools'],
    ['something else', '["./other"]', 'no step is seen to build `./other`, which the container starts'],
  ])('leaves a file alone that starts %s', (_, start, guard) => {
    const plan = planFor(NAIVE.replace('["./build/shop"]', start), CPP);
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });
});

describe('sources that a RUN downloads', () => {
  const build = 'wget https://example.com/a.tgz && tar xf a.tgz && cd a && ./configure && make && make install';

  it('are told as the reason where the compilers stay', () => {
    const text = `FROM alpine:3.22\nRUN apk add --no-cache build-base && ${build}\nUSER 1000\nCMD ["a"]\n`;
    expect(guardOf(planFor(text, {}), 'multi-stage')).toBe(
      'a RUN compiles sources: move it into a build stage, and copy what it installs',
    );
  });

  it.each([
    ['the RUN removes them', `${build} && apk del build-base`, 'CMD ["a"]\n'],
    ['nothing is started', build, ''],
  ])('are no reason where %s', (_, run, start) => {
    const text = `FROM alpine:3.22\nRUN apk add --no-cache build-base && ${run}\nUSER 1000\n${start}`;
    expect(guardOf(planFor(text, {}), 'multi-stage')).toBeUndefined();
  });
});
