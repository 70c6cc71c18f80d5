import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

@Controller()
class Orders {
  @Get('orders')
  list() {
    return ['tea', 'coffee'];
  }
}

@Module({ controllers: [Orders] })
class App {}

NestFactory.create(App).then((app) => app.listen(18131, '0.0.0.0'));
